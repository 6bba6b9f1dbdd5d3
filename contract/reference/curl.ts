import type { writeOperation } from '../operation.ts';

/** What stands for each part of a path in the examples. */
const samples: Record<string, string> = {
  articleId: 'ceasefire',
  commentId: '01a2087d-055f-761f-a4ff-8ff03da283de',
  name: 'held',
  code: 'not-found',
};

/** The command line that calls a route. */
export function curlOf(method: string, path: string, { security, parameters, requestBody }: ReturnType<typeof writeOperation>): string {
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => samples[name] ?? name);
  const query = parameters.flatMap((each) =>
    'in' in each && each.in === 'query' && 'required' in each && each.required ? [`${each.name}=…`] : [],
  );
  const needsMatch = parameters.some((each) => 'in' in each && each.in === 'header' && each.name === 'If-Match');
  const example = requestBody?.content['application/json'].example;
  const parts = [
    `curl${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "$API${address}${query.length === 0 ? '' : `?${query.join('&')}`}"`,
    ...(security.length === 0 ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(needsMatch ? [`-H 'If-Match: "1"'`] : []),
    ...(example === undefined ? [] : ["-H 'Content-Type: application/json'", `-d '${JSON.stringify(example)}'`]),
  ];
  return parts.join(' \\\n  ');
}
