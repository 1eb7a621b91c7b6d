import { parentPort, workerData } from 'node:worker_threads'
import { calibrationTasks } from './calibration/calibration-tasks.js'
import type { CalibrationDesign } from './calibration/design.js'

/** Runs the tasks of a calibration that it is sent by number, one after the other. */
const tasks = calibrationTasks(workerData as CalibrationDesign) // what run-calibrate.ts starts this thread with

parentPort?.on('message', (place: number) => parentPort?.postMessage(tasks[place]()))
