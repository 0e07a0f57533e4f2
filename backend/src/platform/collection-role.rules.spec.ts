import { describe, expect, it } from '@jest/globals';
import { mayEdit, roleIn } from './collection-role.rules.js';

const ANA = 1;
const BRUNO = 2;

describe(roleIn.name, () => {
  it.each([
    ['private', ANA, null, 'owner'],
    ['shared', ANA, 'reader', 'owner'],
    ['shared', BRUNO, 'reader', 'reader'],
    ['shared', BRUNO, 'editor', 'editor'],
    ['everyone', BRUNO, null, 'reader'],
    ['everyone', BRUNO, 'editor', 'editor'],
    ['private', BRUNO, 'editor', 'reader'],
  ] as const)(
    'should make of %s, person %d, shared as %s: %s',
    (visibility, person, share, role) => {
      expect(roleIn({ userId: ANA, visibility }, person, share)).toBe(role);
    },
  );
});

describe(mayEdit.name, () => {
  it('should let everybody but readers', () => {
    expect((['owner', 'editor', 'reader'] as const).filter(mayEdit)).toEqual(['owner', 'editor']);
  });
});
