import { existsSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { calibrationTasks } from './calibration/calibration-tasks.js'
import type { CalibrationDesign } from './calibration/design.js'
import type { SectionRows } from './calibration/section-rows.js'

const WORKER = new URL('./calibrate-worker.js', import.meta.url)

type Result = readonly SectionRows[]

/** Runs every task of a calibration, several beside each other, and returns their results in the order of the tasks. From
 *  TypeScript sources there is no worker file: then they run in this thread. `onDone` hears how many are done. */
export async function shareOutTasks(
  design: CalibrationDesign,
  threads: number,
  onDone: (done: number, total: number) => void,
): Promise<Result[]> {
  const tasks = calibrationTasks(design)
  const results = Array.from<Result>({ length: tasks.length })
  let next = 0
  let done = 0
  const work = async (run: (place: number) => Promise<Result>): Promise<void> => {
    while (next < tasks.length) {
      const place = next++
      results[place] = await run(place)
      onDone(++done, tasks.length)
    }
  }
  if (threads < 2 || !existsSync(fileURLToPath(WORKER))) {
    await work(async (place) => {
      await setImmediate() // lets a signal through between two tasks
      return tasks[place]()
    })
    return results
  }
  const workers = Array.from(
    { length: Math.min(threads, tasks.length) },
    () => new Worker(WORKER, { workerData: design }),
  )
  try {
    await Promise.all(workers.map((worker) => work((place) => ask(worker, place))))
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
  return results
}

function ask(worker: Worker, place: number): Promise<Result> {
  return new Promise((resolve, reject) => {
    worker.once('message', (result: Result) => {
      worker.removeListener('error', reject)
      resolve(result)
    })
    worker.once('error', reject)
    worker.postMessage(place)
  })
}
