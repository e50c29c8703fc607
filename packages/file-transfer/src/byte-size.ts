import { UsageError } from 'cli';

const UNITS: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** Reads a number of bytes such as `500000`, `64k`, `1.5g`. @throws UsageError */
export function parseBytes(text: string): number {
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)([kmgt]?)$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(amount) * (UNITS[unit.toLowerCase()] ?? Number.NaN));
  if (amount === '' || !Number.isSafeInteger(bytes)) {
    throw new UsageError(`"${text}" is not a number of bytes such as 500000, 64k, 10m or 1.5g`);
  }
  return bytes;
}

/** A number of bytes as people read it: `1.5 GiB`. */
export function showBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
