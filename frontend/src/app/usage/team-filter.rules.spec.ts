import { afterChoosing, byOf, filterOf } from './team-filter.rules';

const TODAY = '2026-11-21';
const THIS_MONTH = { from: '2026-11-01', to: '2026-11-21' };

describe(filterOf.name, () => {
  it('should begin with this month', () => {
    expect(filterOf({}, TODAY)).toEqual(THIS_MONTH);
  });

  it('should take the days and filters of the address', () => {
    const address = {
      from: '2026-01-01',
      to: '2026-01-31',
      userId: '7',
      model: 'openai/a',
      by: 'day',
    };
    expect(filterOf(address, TODAY)).toEqual({
      from: '2026-01-01',
      to: '2026-01-31',
      userId: 7,
      model: 'openai/a',
    });
  });

  it.each([
    { from: '2026-11-02', to: '2026-11-01' },
    { from: '2020-01-01', to: '2026-01-01' },
    { from: 'ontem', to: 'hoje' },
    { from: '2026-11-02' },
    { userId: 'ana' },
    { userId: '1.5' },
    { door: '' },
  ])('should ask for this month where the address makes no sense: %j', (address) => {
    expect(filterOf(address, TODAY)).toEqual(THIS_MONTH);
  });
});

describe(byOf.name, () => {
  it('should be by model unless the address knows better', () => {
    expect(byOf({})).toBe('model');
    expect(byOf({ by: 'person' })).toBe('person');
    expect(byOf({ by: 'planet' })).toBe('model');
  });
});

describe(afterChoosing.name, () => {
  it('should lead from a person to their days, and from a day to its people', () => {
    expect(afterChoosing('person', '7')).toEqual({ userId: '7', by: 'day' });
    expect(afterChoosing('model', 'openai/a')).toEqual({ model: 'openai/a', by: 'day' });
    expect(afterChoosing('purpose', 'title')).toEqual({ purpose: 'title', by: 'day' });
    expect(afterChoosing('door', 'web')).toEqual({ door: 'web', by: 'day' });
    expect(afterChoosing('day', '2026-11-03')).toEqual({
      from: '2026-11-03',
      to: '2026-11-03',
      by: 'person',
    });
  });
});
