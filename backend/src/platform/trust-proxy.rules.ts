type TrustProxy = false | string[] | ((address: string, hop: number) => boolean);

/**
 * Which proxies' `X-Forwarded-*` headers are believed, in Fastify's terms: none unless the
 * operator says so, and never "all", by which any caller could choose the address it is counted
 * under.
 * @param setting `TRUST_PROXY`: a number of hops, or addresses and networks separated by commas.
 */
export function trustProxy(setting: string | undefined): TrustProxy {
  if (setting === undefined) {
    return false;
  }
  if (/^\d+$/.test(setting)) {
    const hops = Number(setting);
    return (_address, hop) => hop < hops;
  }
  return setting.split(',').map((address) => address.trim());
}
