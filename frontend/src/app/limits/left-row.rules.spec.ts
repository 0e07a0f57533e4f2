import { aLimitLeft } from '../../testing/samples';
import { toRow } from './left-row.rules';

describe(toRow.name, () => {
  it('should draw what is used and what is set aside as shares of the limit', () => {
    const row = toRow(aLimitLeft({ amount: 200, used: 50, reserved: 20, left: 130 }));
    expect(row).toMatchObject({ usedShare: 25, reservedShare: 10, tone: 'plain', team: false });
  });

  it('should fill the bar, no more, where more is used than the limit allows now', () => {
    const row = toRow(aLimitLeft({ amount: 10, used: 30, reserved: 5, left: 0, near: true }));
    expect(row).toMatchObject({ usedShare: 100, reservedShare: 0, tone: 'reached' });
  });

  it('should show a limit of nothing as full', () => {
    const row = toRow(aLimitLeft({ amount: 0, used: 0, left: 0, near: true }));
    expect(row).toMatchObject({ usedShare: 100, tone: 'reached' });
  });

  it('should say that it is near', () => {
    expect(toRow(aLimitLeft({ left: 3, near: true })).tone).toBe('near');
  });
});
