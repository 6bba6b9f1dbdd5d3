import { signToken, siteSecret } from './token.ts';

/** What to try first: tokens of each kind of person, and requests ready to paste. */
export async function welcome(url: string): Promise<string> {
  const secret = siteSecret();
  const [member, moderator, publisher] = await Promise.all([
    signToken({ sub: 'ada', name: 'Ada' }, secret),
    signToken({ sub: 'mo', name: 'Mo', roles: ['moderator'] }, secret),
    signToken({ sub: 'desk', name: 'The desk', roles: ['publisher'] }, secret),
  ]);
  const article = `${url}/v1/articles/hello`;
  const json = `-H 'content-type: application/json'`;
  return `MEMBER=${member}
MODERATOR=${moderator}
PUBLISHER=${publisher}

curl -X PUT ${article} -H "authorization: Bearer $PUBLISHER" ${json} -d '{"title":"Hello","publishedAt":"2026-01-01T08:00:00.000Z"}'
curl -X POST ${article}/comments -H "authorization: Bearer $MEMBER" ${json} -d '{"body":"First!"}'
curl ${article}/comments
curl ${url}/v1/moderation/queues -H "authorization: Bearer $MODERATOR"
`;
}
