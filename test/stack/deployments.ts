import { type configure, withEdge } from './synthesise.ts';

type Changes = NonNullable<Parameters<typeof configure>[0]>;

const jwks = {
  siteSecret: false,
  providers: [{ issuer: 'https://id.example.com/', audience: 'comments', jwksUri: 'https://id.example.com/jwks' }],
};
const domain = {
  name: 'comments.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0c5c3b7e-1f7c-4b52-9a4e-0a6d6a2f1c11',
};

/** The ways in which a newsroom may deploy, by how they differ from the configuration of the tests. */
export const deployments: readonly { readonly name: string; readonly changes: Changes }[] = [
  { name: 'the API alone', changes: {} },
  { name: 'a stage that is thrown away', changes: { removalProtection: false } },
  { name: 'the API behind its edge', changes: withEdge },
  { name: 'an edge in the region of its firewall', changes: { ...withEdge, region: 'us-east-1' } },
  { name: 'an edge whose secret is being changed', changes: { ...withEdge, edge: { originSecret: 2 } } },
  { name: 'an edge at a domain of its own', changes: { ...withEdge, domain } },
  {
    name: 'an edge at a domain in Route 53',
    changes: { ...withEdge, domain: { ...domain, hostedZone: { id: 'Z0123', name: 'example.com' } } },
  },
  { name: 'a key of the newsroom’s own', changes: { customerManagedKey: true } },
  {
    name: 'everything at once',
    changes: { ...withEdge, domain, customerManagedKey: true, site: 'news', alarms: { email: 'desk@news.example' } },
  },
  { name: 'one of several sites', changes: { ...withEdge, site: 'sports' } },
  { name: 'alarms that write to somebody', changes: { alarms: { email: 'desk@news.example' } } },
  { name: 'a stage that nobody watches', changes: { alarms: false, removalProtection: false } },
  { name: 'an issuer, a key and an edge, unwatched', changes: { ...withEdge, identity: jwks, customerManagedKey: true, alarms: false } },
  { name: 'tokens of an issuer alone', changes: { identity: jwks } },
  { name: 'tokens signed with the site’s secret alone', changes: { identity: {} } },
];
