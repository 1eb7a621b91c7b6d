import { openDiskSpace } from './disk-space.js'
import type { ListedSpace } from './list-spaces.js'
import { nodeFiles } from './store-files.js'
import type { StoreFiles } from './store-files.js'
import type { StoreNotice } from './vector-space.js'

export type VerifiedSpace = {
  readonly space: ListedSpace
  /** Vectors that are what was stored. */
  readonly whole: number
  readonly notices: readonly StoreNotice[]
}

const VECTORS_AT_ONCE = 4096

/** Reads every vector of a space and holds it against its checksum. */
export async function verifySpace(listed: ListedSpace, files: StoreFiles = nodeFiles): Promise<VerifiedSpace> {
  const notices: StoreNotice[] = []
  const { id, folder, dim, description } = listed
  if (dim === null || description === null) return { space: listed, whole: 0, notices }
  const onNotice = (notice: StoreNotice): unknown => notices.push(notice)
  const space = await openDiskSpace({ files, folder, id, dim, description, onNotice })
  const keys = space.keys()
  let whole = 0
  for (let start = 0; start < keys.length; start += VECTORS_AT_ONCE) {
    await space.read(keys.slice(start, start + VECTORS_AT_ONCE), () => void whole++)
  }
  return { space: listed, whole, notices: joined(notices) }
}

/** One notice per kind. */
function joined(notices: readonly StoreNotice[]): StoreNotice[] {
  const kinds = new Map<string, StoreNotice>()
  for (const notice of notices) {
    const before = kinds.get(notice.kind)
    kinds.set(notice.kind, before === undefined ? notice : { ...notice, count: before.count + notice.count })
  }
  return [...kinds.values()]
}
