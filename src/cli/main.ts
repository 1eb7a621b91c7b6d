#!/usr/bin/env node
import { exitWith } from './exit.js'
import { listenForSignals } from './interruption.js'
import { guardOutput } from './output.js'

guardOutput()
process.on('uncaughtException', exitWith)

process.env['ORT_DISABLE_TELEMETRY'] ??= '1' // before anything loads ONNX Runtime
listenForSignals()

try {
  const { buildProgram } = await import('./program.js') // not above: where it cannot be loaded, that is said in a plain line
  await buildProgram().parseAsync()
} catch (error) {
  exitWith(error)
}
