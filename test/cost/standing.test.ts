import { expect, it } from 'vitest';
import { unitsPerRound } from '#articles/recount-round.ts';
import measured from '../../bin/cost/measured.json' with { type: 'json' };
import { configure, SynthesisedStack, withEdge } from '../stack/synthesise.ts';

const stack = new SynthesisedStack();
const numberOf = (type: string, of = stack) => Object.keys(of.resources(type)).length;

/** "Alarms based on metric math": each metric that goes into one is paid for (Amazon CloudWatch pricing). */
function metricsOfAlarms(): number {
  const alarms = Object.values(stack.resources('AWS::CloudWatch::Alarm'));
  return alarms.reduce((sum, { Properties }) => {
    const metrics: { MetricStat?: object }[] = Properties.Metrics ?? [{ MetricStat: {} }];
    return sum + metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
  }, 0);
}

it('what stands there is what a month is priced with', () => {
  expect({
    alarmMetrics: metricsOfAlarms(),
    dashboards: numberOf('AWS::CloudWatch::Dashboard'),
    keys: numberOf('AWS::KMS::Key'),
    secrets: numberOf('AWS::SecretsManager::Secret'),
  }).toEqual({
    alarmMetrics: measured.monitoring.alarmMetrics,
    dashboards: measured.monitoring.dashboards,
    keys: measured.monitoring.keys,
    secrets: measured.secrets,
  });
});

it('an edge adds its secret, and its firewall with its rules', () => {
  const edged = new SynthesisedStack(configure(withEdge));
  const [acl] = Object.values(edged.firewall?.findResources('AWS::WAFv2::WebACL') ?? {});

  expect(numberOf('AWS::SecretsManager::Secret', edged) - measured.secrets).toBe(measured.edge.secrets);
  expect(numberOf('AWS::KMS::Key', edged)).toBe(measured.monitoring.keys);
  expect(acl?.Properties.Rules).toHaveLength(measured.edge.rules);
});

it('recounts take no more rounds in a month, and no more units in a round', () => {
  const { ScheduleExpression } = stack.sole('AWS::Events::Rule').Properties;
  const minutes = Number(/^rate\((\d+) minutes\)$/.exec(ScheduleExpression)?.[1]);

  expect((31 * 24 * 60) / minutes).toBe(measured.recounts.rounds);
  expect(unitsPerRound).toBe(measured.recounts.unitsPerRound);
});
