import { defineStandard } from '../define.ts'

export default defineStandard({
  id: 'reliability.shutdown',
  category: 'reliability',
  title: 'On SIGTERM the requests in flight complete and the process exits with 0 within ten seconds',
  threshold: { comparator: '<=', value: 10, unit: 's' },
  why: 'Otherwise every deploy and every scale-in cuts off customers, some of them between the write and its answer',
  source:
    'brief, reliability first: high availability; docker stop kills after 10 s, Kubernetes after 30 s by default',
  honesty: 'One request held in flight at a time; not the load balancer in front',
})
