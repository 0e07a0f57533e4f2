import { fieldOf } from './password-problem.rules';

describe(fieldOf.name, () => {
  it.each([
    ['AUTH.WRONG_PASSWORD', 'current'],
    ['AUTH.TOO_MANY_ATTEMPTS', 'current'],
    ['USER.PASSWORD_TOO_SHORT', 'new'],
    ['CLIENT.OFFLINE', 'new'],
  ])('should say %s beside the %s password', (code, field) => {
    expect(fieldOf({ code })).toBe(field);
  });
});
