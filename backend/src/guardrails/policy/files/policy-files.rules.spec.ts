import { listed, missingIn, POLICY_PATHS } from './policy-files.rules.js';

describe(missingIn, () => {
  it('should name what a version of an older Prosa does not have, as a policy is read', () => {
    const files = listed({ 'rails/greetings.yml': '', 'config.yml': '' });
    const missing = missingIn(files);
    expect(missing).not.toContain('config.yml');
    expect(missing[0]).toBe('prompts.yml');
    expect([...missing, 'rails/greetings.yml', 'config.yml'].sort()).toEqual(
      [...POLICY_PATHS].sort(),
    );
  });

  it('should name nothing of a whole version', () => {
    expect(missingIn(POLICY_PATHS.map((path) => ({ path, text: '' })))).toEqual([]);
  });
});
