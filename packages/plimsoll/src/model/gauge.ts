import { z } from 'zod'

const Cores = z.number().min(0)

/** What used the machine between two moments. Cores are processor seconds per second; null where the system does not tell. */
export const GaugeReading = z.object({
  durationMs: z.number(),
  /** processors of the machine */
  cores: z.number(),
  /** the app and everything it started */
  appCores: Cores.nullable(),
  /** the busiest one thread of the app, 0..1: at 1 its event loop has no time left */
  appBusiestThread: Cores.nullable(),
  /** resident memory of the app's processes at the end, added up */
  appMemoryMb: z.number().nullable(),
  /** open at the end */
  appDescriptors: z.number().int().nullable(),
  /** the stores and everything they started */
  storeCores: Cores.nullable(),
  /** Plimsoll itself, the generator included */
  ownCores: Cores.nullable(),
  /** every other process of the machine; the kernel's own threads are left out, because they work for everybody */
  foreignCores: Cores.nullable(),
  /** taken by the host of a virtual machine */
  stolenCores: Cores.nullable(),
  /** share of the time in which some process waited for a processor (PSI `some`), 0..1 */
  pressure: z.number().min(0).nullable(),
  /** share of the time in which some process waited for memory: swapping, reclaiming (PSI `some`), 0..1 */
  memoryPressure: z.number().min(0).nullable().optional(),
  /** time in which a limit of the container kept processes from running */
  throttledMs: z.number().min(0).nullable(),
  /** what this system does not tell: `steal`, `pressure`, … */
  unmeasured: z.array(z.string()),
})
export type GaugeReading = z.infer<typeof GaugeReading>
