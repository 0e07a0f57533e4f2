import { readdirSync, readFileSync } from 'node:fs';

/** Processes whose environment names the folder; Linux tells of them. */
export function processesOf(folder: string): string[] {
  return listed('/proc')
    .filter((name) => /^\d+$/.test(name) && read(`/proc/${name}/environ`).includes(folder))
    .map((pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' '));
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // It has ended meanwhile, or is somebody else's.
  }
}
