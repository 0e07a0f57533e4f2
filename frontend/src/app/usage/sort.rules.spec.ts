import { usageRow } from '../../testing/samples';
import { nextOrder, sorted, type NamedGroup } from './sort.rules';

const group = (label: string, costUsd: number | null, calls = 1): NamedGroup => ({
  key: label,
  name: label,
  label,
  figures: usageRow({ costUsd, calls, unpricedCalls: costUsd === null ? calls : 0 }),
});
const labels = (groups: readonly NamedGroup[]): string[] => groups.map(({ label }) => label);

describe(sorted.name, () => {
  const groups = [group('érica', 0.5), group('bia', null), group('Zé', 0), group('ana', 0.5, 9)];

  it('should put an unknown cost below every known one, free ones too', () => {
    const down = sorted(groups, { by: 'cost', down: true }, 'pt-BR');
    expect(labels(down)).toEqual(['ana', 'érica', 'Zé', 'bia']);
    const up = sorted(groups, { by: 'cost', down: false }, 'pt-BR');
    expect(labels(up)).toEqual(['bia', 'Zé', 'ana', 'érica']);
  });

  it('should sort names as the language does, accents and capitals apart', () => {
    expect(labels(sorted(groups, { by: 'name', down: false }, 'pt-BR'))).toEqual([
      'ana',
      'bia',
      'érica',
      'Zé',
    ]);
  });

  it('should sort days by the calendar, not by what they are called', () => {
    const days = [
      { ...group('2 de nov.', 1), key: '2026-11-02' },
      { ...group('30 de out.', 1), key: '2026-10-30' },
      { ...group('10 de nov.', 1), key: '2026-11-10' },
    ];
    expect(labels(sorted(days, { by: 'name', down: true }, 'pt-BR', 'key'))).toEqual([
      '10 de nov.',
      '2 de nov.',
      '30 de out.',
    ]);
  });

  it('should leave the list it was given alone', () => {
    sorted(groups, { by: 'calls', down: true }, 'en');
    expect(labels(groups)).toEqual(['érica', 'bia', 'Zé', 'ana']);
  });
});

describe(nextOrder.name, () => {
  it('should turn a column round, and begin another with what matters', () => {
    const cost = { by: 'cost', down: true } as const;
    expect(nextOrder(cost, 'cost')).toEqual({ by: 'cost', down: false });
    expect(nextOrder(cost, 'calls')).toEqual({ by: 'calls', down: true });
    expect(nextOrder(cost, 'name')).toEqual({ by: 'name', down: false });
  });
});
