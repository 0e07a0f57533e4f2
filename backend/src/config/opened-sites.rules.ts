/** An internal site that an operator opened: a host, or all below it, at one port or at any. */
export interface OpenedSite {
  readonly host: string;
  readonly below: boolean;
  readonly port: string | null;
}

const SITE =
  /^(?<below>\*\.)?(?<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?::(?<port>\d{1,5}))?$/;
const LAST_PORT = 65_535;

/**
 * Reads `FETCH_ALLOW`: hosts with commas between, such as `wiki.example.com.br`,
 * `*.corp.example.com` (all below it, not it) or `10.0.0.7:8080`.
 * @returns undefined where a part is none of these.
 */
export function parseAllowed(setting: string): readonly OpenedSite[] | undefined {
  const sites = setting
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => part !== '')
    .map(parseSite);
  return sites.every((site) => site !== undefined) ? sites : undefined;
}

function parseSite(part: string): OpenedSite | undefined {
  const { below, host = '', port = null } = SITE.exec(part)?.groups ?? {};
  // As an address would name it: `[fd00:0::7]` and `10.0.0.07` have one spelling each.
  const url = URL.parse(`http://${host}/`);
  if (!url || Number(port) > LAST_PORT) {
    return undefined;
  }
  return { host: url.hostname.replace(/^\[|\]$/g, ''), below: below !== undefined, port };
}
