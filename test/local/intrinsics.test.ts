import { describe, expect, test } from 'vitest';
import { type Json, resolve } from '../../local/template/intrinsics.ts';

const references = {
  ref: (name: string) => ({ 'AWS::Region': 'eu-west-1', Table: 'table-1' })[name] ?? fail(name),
  attribute: (logicalId: string, name: string) => `${logicalId}/${name}`,
};
function fail(name: string): never {
  throw new Error(`unknown ${name}`);
}
const of = (value: Json) => resolve(value, references);

describe('an intrinsic function', () => {
  test.each<[Json, Json]>([
    [{ Ref: 'Table' }, 'table-1'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table/Arn'],
    [{ 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 3]] }, 'a-eu-west-1-3'],
    [{ 'Fn::Sub': `x-\${AWS::Region}-\${Table.Arn}-\${!Kept}` }, `x-eu-west-1-Table/Arn-\${Kept}`],
    [{ 'Fn::Sub': [`\${Own}.\${Table}`, { Own: { Ref: 'AWS::Region' } }] }, 'eu-west-1.table-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Table', 'Arn'] }] }] }, 'Arn'],
    [{ a: [{ Ref: 'Table' }, { Ref: 'AWS::NoValue' }], b: { Ref: 'AWS::NoValue' } }, { a: ['table-1'] }],
    [{ Ref: 'Table', other: 1 } as Json, { Ref: 'Table', other: 1 }],
  ])('%j is %j', (value, expected) => {
    expect(of(value)).toEqual(expected);
  });

  test('that is not known is refused and named', () => {
    expect(() => of({ 'Fn::ImportValue': 'x' })).toThrow('Fn::ImportValue');
    expect(() => of({ 'Fn::Join': 'x' })).toThrow('Fn::Join');
    expect(() => of({ 'Fn::Select': [5, ['a']] })).toThrow('no element');
  });
});
