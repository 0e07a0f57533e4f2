const SERVER_PATH = /^\/(api|v1|chat|ask|training|auth|health|metrics|docs|docs-json)(\/|\?|$)/;

/** Whether an address belongs to the server: what is not there is missing, never the app's page. */
export const isServerPath = (url: string): boolean => SERVER_PATH.test(url);
