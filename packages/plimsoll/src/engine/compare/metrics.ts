/** What is compared. `slack`: how many times the margin a change of it may be, because it is less steady. */
export type Metric = {
  id: 'cost' | 'storeCost' | 'median' | 'p99' | 'rate'
  title: string
  unit: string
  better: 'lower' | 'higher'
  slack: number
}

/** The steadiest first: what a request costs the processor hardly depends on who else uses the machine. */
export const METRICS: readonly Metric[] = [
  { id: 'cost', title: 'app CPU a request', unit: 'ms', better: 'lower', slack: 1 },
  { id: 'storeCost', title: 'store CPU a request', unit: 'ms', better: 'lower', slack: 2 },
  { id: 'rate', title: 'highest rate', unit: '/s', better: 'higher', slack: 1 },
  { id: 'median', title: 'median response time', unit: 'ms', better: 'lower', slack: 2 },
  { id: 'p99', title: 'p99 response time', unit: 'ms', better: 'lower', slack: 4 },
]

export type MetricId = Metric['id']
