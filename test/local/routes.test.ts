import { describe, expect, test } from 'vitest';
import { parseTarget } from '../../local/gateway/path.ts';
import { RouteTable } from '../../local/gateway/routes.ts';

const keys = [
  ...['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{kind}/{id}', 'POST /pets/dog', 'ANY /pets/{kind}'],
  ...['GET /pets/{rest+}', 'ANY /{all+}', 'GET /'],
];
const table = new RouteTable([...keys, '$default'].map((key) => ({ key })));
const find = (method: string, url: string) => {
  const match = table.find(method, parseTarget(url)?.segments ?? []);
  return [match?.route.key, match?.pathParameters];
};

describe('a request finds its route', () => {
  test.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', undefined],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['GET', '/pets/cat/2', 'GET /pets/{kind}/{id}', { kind: 'cat', id: '2' }],
    ['GET', '/pets/cat/2/3', 'GET /pets/{rest+}', { rest: 'cat/2/3' }],
    ['POST', '/pets/dog', 'POST /pets/dog', undefined],
    ['DELETE', '/pets/dog', 'ANY /pets/{kind}', { kind: 'dog' }],
    ['HEAD', '/pets/dog/1', 'ANY /{all+}', { all: 'pets/dog/1' }],
    ['GET', '/', 'GET /', undefined],
    ['POST', '/', 'ANY /{all+}', { all: '' }],
    ['GET', '/pets/d%C3%B6g/a%2Fb', 'GET /pets/{kind}/{id}', { kind: 'dög', id: 'a/b' }],
  ])('%s %s → %s', (method, url, key, parameters) => {
    expect(find(method, url)).toEqual([key, parameters]);
  });

  test('a variable is never empty, and a trailing slash is a segment of its own', () => {
    const strict = new RouteTable([{ key: 'GET /a/{b}' }, { key: 'GET /a' }]);
    expect(strict.find('GET', ['a', ''])).toBeUndefined();
    expect(strict.find('GET', ['a'])?.route.key).toBe('GET /a');
  });

  test('HEAD is answered by no GET route', () => {
    expect(new RouteTable([{ key: 'GET /a' }]).find('HEAD', ['a'])).toBeUndefined();
  });
});

describe('a target', () => {
  test('has a decoded path, a query as it was sent, and decoded parameters joined by commas', () => {
    expect(parseTarget('/a%20b/c?x=1&y=a%2Cb&x=2+3&z')).toEqual({
      path: '/a b/c',
      segments: ['a b', 'c'],
      rawQueryString: 'x=1&y=a%2Cb&x=2+3&z',
      queryStringParameters: { x: '1,2 3', y: 'a,b', z: '' },
    });
    expect(parseTarget('/a?')?.queryStringParameters).toBeUndefined();
    expect(Object.entries(parseTarget('/a?__proto__=1')?.queryStringParameters ?? {})).toEqual([['__proto__', '1']]);
  });

  test.each(['/%', '/%zz', '/%ff', '/a?b=%', '/a?%E4=1', '*', 'http://elsewhere/'])('%s is malformed', (url) => {
    expect(parseTarget(url)).toBeUndefined();
  });
});
