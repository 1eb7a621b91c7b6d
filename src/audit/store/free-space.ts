import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes that this user can still write where `folder` is, or will be; null where the system does not say. */
export async function freeSpace(folder: string): Promise<number | null> {
  for (let place = folder; ; place = dirname(place)) {
    try {
      const { bavail, bsize } = await statfs(place)
      return bavail * bsize
    } catch {
      if (place === dirname(place)) return null // nothing above it is there either
    }
  }
}
