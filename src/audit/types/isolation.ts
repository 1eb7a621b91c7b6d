/** How images are decoded and models run in processes of their own, which may die without taking the run along. None of it changes a number. */
export type Isolation = {
  /** What each of the two processes may hold in memory, in bytes. Default: half of the machine's memory. */
  readonly memoryBytes?: number
  /** How long one image may take to decode. Default: 30 seconds. */
  readonly decodeMs?: number
  /** How long a model may take to load, or one batch to be encoded. Default: 10 minutes. */
  readonly encodeMs?: number
  /** How long a process may give no sign of life. Default: 30 seconds. */
  readonly silenceMs?: number
  /** Requests after which a process is replaced by a fresh one, because native libraries leak. Default: 20,000 images decoded, 2,000 batches encoded. */
  readonly requestsPerProcess?: number
  /** The program of such a process. Default: the one that comes with Probity. */
  readonly entry?: URL
}
