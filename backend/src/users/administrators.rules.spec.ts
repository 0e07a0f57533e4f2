import { describe, expect, it } from '@jest/globals';
import { leavesNobodyInCharge } from './administrators.rules.js';

const admin = { role: 'admin', suspended: false } as const;
const suspended = { role: 'admin', suspended: true } as const;
const member = { role: 'member', suspended: false } as const;

describe(leavesNobodyInCharge.name, () => {
  it.each([undefined, suspended, member])('should refuse to make the last one %j', (after) => {
    expect(leavesNobodyInCharge(admin, after, 1)).toBe(true);
    expect(leavesNobodyInCharge(admin, after, 2)).toBe(false);
  });

  it('should let everybody else change, and the last one keep the role', () => {
    expect(leavesNobodyInCharge(admin, admin, 1)).toBe(false);
    expect(leavesNobodyInCharge(suspended, undefined, 1)).toBe(false);
    expect(leavesNobodyInCharge(member, undefined, 1)).toBe(false);
  });
});
