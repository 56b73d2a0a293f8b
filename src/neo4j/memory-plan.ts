import { totalmem } from 'node:os';

const MIB = 1024 * 1024;

export interface MemoryPlan {
  readonly heapMb: number;
  readonly pageCacheMb: number;
}

/**
 * How much memory Neo4j may take: a quarter of the machine for the heap (512 MiB to 4 GiB) and an eighth for the page
 * cache (128 MiB to 4 GiB), so that the server, a browser and the file system's own cache keep the larger half.
 * A heap that was asked for is taken as it is, with half as much page cache.
 */
export function planMemory(heapMb?: number, machineMb = machineMemoryMb()): MemoryPlan {
  if (heapMb !== undefined) return { heapMb, pageCacheMb: clamp(heapMb / 2, 64, 4096) };
  return { heapMb: clamp(machineMb / 4, 512, 4096), pageCacheMb: clamp(machineMb / 8, 128, 4096) };
}

/** The machine's memory, or less where a container's limit says so. Node reports "no limit" as 0 or as an absurdly large number. */
export function machineMemoryMb(total = totalmem(), limit = process.constrainedMemory()): number {
  return Math.floor((limit > 0 ? Math.min(limit, total) : total) / MIB);
}

function clamp(value: number, least: number, most: number): number {
  return Math.floor(Math.min(Math.max(value, least), most));
}
