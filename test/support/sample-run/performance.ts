import { course, growth, latencies, load } from './load.ts'
import { verdict } from './verdict.ts'

export const underLoad = [
  verdict({
    id: 'ldl1',
    status: 'proven',
    probe: 'load-line',
    standard: 'performance.api',
    subject: 'load line',
    title: 'It carries 1,340 requests a second inside the standard',
    detail: '1,340/s (1,290–1,390), p99 192 ms of 200 ms · the pool of 10 is what it runs out of first',
    of: 1,
    figures: [
      {
        name: 'load line',
        value: 1_340,
        unit: 'requests/s',
        n: 83_768,
        interval: [1_290, 1_390],
        method: 'ramp and noisy bisection of sequential tests',
      },
      {
        name: 'P(answer ≥ 200 ms) at 1,290/s',
        value: 0.006_1,
        unit: 'proportion',
        n: 10_320,
        interval: [0.004_7, 0.007_8],
        method: 'Clopper–Pearson 95 %, blocks of 1 s',
      },
    ],
    evidence: [
      { kind: 'load', title: 'Requests a second against time to answer', load },
      { kind: 'latencies', title: 'Each operation at the line', latencies },
      {
        kind: 'text',
        title: 'What it runs out of at 1,390/s',
        text: [
          'limited by the pool of 10',
          'all 10 connections to postgres were in use for 97 % of the time, and 8.4 requests waited for one',
          'the app used 0.71 of a core, and its event loop was 4 ms late',
          'the slowest statement took 3.1 ms',
        ].join('\n'),
      },
    ],
    notCovered: ['a network between client and service'],
  }),
  verdict({
    id: 'gr0w',
    status: 'refuted',
    severity: 'medium',
    probe: 'growth',
    standard: 'performance.growth',
    subject: 'GET /rooms',
    title: 'GET /rooms takes ten times as long with ten times the rows',
    detail: '8.2 ms with 1,000 rows, 715 ms with 100,000 · it answers with every row there is',
    repairs: ['Give the list an end: LIMIT with a cursor, 100 rows a page.'],
    figures: [
      {
        name: 'growth exponent',
        value: 0.97,
        unit: '',
        n: 180,
        interval: [0.91, 1.04],
        method: 'Theil–Sen over 3 sizes',
      },
    ],
    evidence: [{ kind: 'growth', title: 'Time to answer against rows', growth }],
  }),
  verdict({
    id: 'sk6m',
    status: 'inconclusive',
    probe: 'soak',
    standard: 'performance.endurance',
    subject: 'soak',
    title: 'Memory grew for as long as it was watched',
    detail: '112 MB at first, 181 MB after 10 min; whether it goes on was not seen',
    of: 1,
    evidence: [{ kind: 'course', title: 'Ten minutes at half the line', course }],
  }),
]
