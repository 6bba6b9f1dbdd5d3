import { expect, it } from 'vitest';
import { type Costs, measureOperations } from '../../bench/units/operations.ts';
import { routes } from '../../functions/routes.ts';
import { settler } from '../support/settling.ts';
import { createTable } from '../support/table.ts';

const engine = process.env.TEST_ENGINE ?? 'dynoxide';

it('no operation costs other request units or calls than are written down', { timeout: 300_000 }, async () => {
  const costs = await measureOperations(settler(await createTable()));

  const measured = new Set(Object.keys(costs).map((name) => name.split(',')[0]));
  expect(routes.map(({ name }) => name).filter((name) => !measured.has(name))).toEqual([]);
  await expect(linesOf(costs)).toMatchFileSnapshot(`../../bench/units/${engine}.json`);
});

/** JSON with a line for each operation. */
const linesOf = (costs: Costs) =>
  `{\n${Object.entries(costs)
    .map(([name, cost]) => `  ${JSON.stringify(name)}: ${JSON.stringify(cost)}`)
    .join(',\n')}\n}\n`;
