import type { Progress, StoreChoice, Tools } from '../audit/tools.js'
import type { DeviceAsked } from '../audit/types/device.js'
import type { Isolation } from '../audit/types/isolation.js'
import type { NumberAsked } from '../audit/types/pace.js'
import { systemTools } from './system-tools.js'

/** How a run is carried out when a program starts it; none of it changes a number. */
export type LibraryOptions = {
  /** Folder that relative paths start at. Default: the working folder. */
  readonly cwd?: string
  /** Where vectors are kept between runs. Default: nowhere, so that every run embeds every image. */
  readonly store?: StoreChoice | null
  /** Threads for inference. Default: all cores. `auto`: as stored vectors were made, else what a short measurement takes. */
  readonly threads?: NumberAsked
  /** Images per inference call. Default: 32, or what stored vectors were made with. `auto`: as with threads. */
  readonly batch?: NumberAsked
  /** What embeds images. Default: the CPU. A device that is named and cannot be used is refused. */
  readonly device?: DeviceAsked
  /** Decode images and run models in processes of their own, which may die without taking the run along. Default: as the plan says. */
  readonly isolation?: Isolation
  /** Stops the run: what is under way is finished and kept, and the run rejects with {@link Interrupted}. */
  readonly signal?: AbortSignal
  /** Called while images are embedded and label sets scored. Default: silence. */
  readonly onProgress?: (progress: Progress) => void
}

/** What every `run...` function of the library needs: clock, version, machine, and the given options.
 *  @example await runEmbed(readEmbeddingPlan({ flags, cwd }), libraryTools({ store: { folder: 'vectors' } })) */
export function libraryTools(options: Omit<LibraryOptions, 'cwd'> = {}): Tools {
  const { store = null, threads, batch, device, isolation, signal, onProgress = () => {} } = options
  return {
    ...systemTools('called from a program'),
    store,
    ...(threads === undefined ? {} : { threads }),
    ...(batch === undefined ? {} : { batch }),
    ...(device === undefined ? {} : { device }),
    ...(isolation === undefined ? {} : { isolation }),
    ...(signal === undefined ? {} : { signal }),
    onProgress,
  }
}
