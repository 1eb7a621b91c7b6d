import type { Plan } from '../types/definitions.js'
import type { PlanSettings } from './plan-settings.js'

/** Whether images are decoded and models run in processes of their own; nothing where the plan does not ask for it. */
export function planIsolate({ isolate }: PlanSettings): Pick<Plan, 'isolate'> {
  return isolate?.value === true ? { isolate: true } : {}
}
