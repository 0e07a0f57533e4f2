/** What a page is called before it was read: its address, without what all addresses begin with. */
export const titleOfAddress = ({ host, pathname }: URL): string =>
  (host + pathname).replace(/\/$/, '').slice(0, 255);

/** Whether a page is still called by its address: then it takes its own title. */
export function isCalledByAddress(title: string, address: string | null): boolean {
  const url = address === null ? null : URL.parse(address);
  return url !== null && (title === titleOfAddress(url) || title === address?.slice(0, 255));
}
