/** The only place that touches `process.env` (a lint rule says so). */
export const processEnv = (): NodeJS.ProcessEnv => process.env;
