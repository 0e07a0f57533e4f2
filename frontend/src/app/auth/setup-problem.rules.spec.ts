import { setupFieldOf } from './setup-problem.rules';

describe(setupFieldOf.name, () => {
  it.each([
    ['SETUP.CODE_REQUIRED', 'code'],
    ['USER.USERNAME_INVALID', 'username'],
    ['USER.PASSWORD_TOO_SHORT', 'password'],
    ['CLIENT.OFFLINE', 'password'],
  ])('should say %s beside the %s', (code, field) => {
    expect(setupFieldOf({ code })).toBe(field);
  });
});
