import type { DeviceAsked } from '../audit/types/device.js'
import { isolationAsked, type IsolationFlags } from './isolation-asked.js'
import { storeChoice, type StoreFlags } from './store-place.js'
import type { ToolOptions } from './tools.js'
import { upTo4096OrAuto } from './whole-flag.js'

/** The flags that addEmbeddingOptions gives a command, as they are typed, but for those that belong to its plan. */
export type EmbeddingFlags = StoreFlags &
  IsolationFlags & {
    readonly threads?: string
    readonly batch?: string
    readonly device?: DeviceAsked
    readonly yes?: boolean
    readonly json?: boolean
  }

/** How a run is carried out, as its tools want to know it, and the flags that are left: those of the plan and of the command itself. Throws DefinitionError. */
export function toolOptionsOf<Flags extends EmbeddingFlags>(
  flags: Flags,
): {
  readonly options: ToolOptions & Pick<Required<ToolOptions>, 'store'>
  readonly rest: Omit<Flags, keyof EmbeddingFlags>
} {
  const { threads, batch, device, isolate, isolateMemory, yes, json, store, rehash = false, ...rest } = flags
  const numbers = { threads: upTo4096OrAuto('--threads', threads), batch: upTo4096OrAuto('--batch', batch) }
  const isolation = isolationAsked({ isolate, isolateMemory })
  const choice = storeChoice({ ...(store === undefined ? {} : { store }), rehash })
  return { options: { ...numbers, device, isolation, yes, json, store: choice }, rest }
}
