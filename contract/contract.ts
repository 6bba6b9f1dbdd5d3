import { articleContracts } from './articles.ts';
import { commentContracts } from './comments.ts';
import { memberContracts } from './members.ts';
import { moderationContracts } from './moderation.ts';
import type { RouteContract, RouteName } from './route-contract.ts';
import { serviceContracts } from './service.ts';

/**
 * What every route promises. The description, the reference and the client are written from it, and the tests read every
 * real answer with it; what runs in Lambda never imports it. A route without a contract does not compile.
 */
export const contract: Readonly<Record<RouteName, RouteContract>> = {
  ...articleContracts,
  ...commentContracts,
  ...memberContracts,
  ...moderationContracts,
  ...serviceContracts,
};
