import type { ModelDevice } from '../audit/types/audit.js'
import type { DeviceMeasured } from '../audit/types/device.js'
import { shownName } from './shown.js'

/** Which device embeds with a model, how fast beside the CPU and how near its vectors, and why not the others; a line each. */
export function describeDevice({ model, used, passedOver, measured }: ModelDevice): string[] {
  return [
    `${shownName(model)}: images are embedded on ${used}${measured === null ? '' : describeMeasured(measured)}`,
    ...passedOver.map(({ device, reason }) => `  not on ${device}: ${reason}`),
  ]
}

function describeMeasured(measured: DeviceMeasured): string {
  const { imagesPerSecond, cpuImagesPerSecond, smallestCosine, operators, operatorsOnCpu } = measured
  const speed = `${shownRate(imagesPerSecond)} drawn images a second, and the CPU ${shownRate(cpuImagesPerSecond)}`
  const slower = imagesPerSecond < cpuImagesPerSecond ? ', so it is SLOWER than the CPU' : ''
  const parts = operators === 0 ? '' : `; ${operatorsOnCpu} of ${operators} operators on the CPU, none of them heavy`
  return ` (${speed}${slower}; smallest cosine with the CPU's vectors ${smallestCosine.toFixed(6)}${parts})`
}

function shownRate(perSecond: number): string {
  return perSecond.toFixed(perSecond < 10 ? 1 : 0)
}
