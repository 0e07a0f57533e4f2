import { makePassword } from './password-maker';

describe(makePassword.name, () => {
  it('should be long, in groups, without letters that look alike, and never the same', () => {
    const passwords = Array.from({ length: 200 }, makePassword);
    for (const password of passwords) {
      expect(password).toMatch(/^[a-km-np-zA-HJ-NP-Z2-9]{4}(-[a-km-np-zA-HJ-NP-Z2-9]{4}){3}$/);
    }
    expect(new Set(passwords).size).toBe(200);
  });
});
