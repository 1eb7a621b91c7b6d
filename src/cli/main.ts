#!/usr/bin/env node
import { buildProgram } from './program.js'
import { exitWith } from './exit.js'
import { listenForSignals } from './interruption.js'
import { guardOutput } from './output.js'

guardOutput()
process.on('uncaughtException', exitWith)

process.env['ORT_DISABLE_TELEMETRY'] ??= '1' // before anything loads ONNX Runtime
listenForSignals()

try {
  await buildProgram().parseAsync()
} catch (error) {
  exitWith(error)
}
