import { lean, type Phrases } from './lean.ts'

/** Tools and what they show. */
const TOOLS = `load test, load testing, loadtest, stress test, stress testing, soak test, spike test, k6, jmeter, gatling,
  locust, autocannon, wrk, wrk2, vegeta, hey, ab benchmark, artillery, siege, pgbench, benchmark, microbenchmark, bench,
  flame graph, flamegraph, flame chart, clinic.js, 0x, perf record, py spy, pyspy, cprofile, async profiler, jfr,
  visualvm, pprof, profiler, profiling, cpu profile, heap snapshot, heap dump, heap profile, allocation profile,
  performance trace, record a trace, performance tab, performance panel, chrome trace, tracing span, react profiler,
  react devtools profiler, why did you render, webpack bundle analyzer, bundle analyzer, source map explorer, lighthouse,
  lighthouse score, web vitals, core web vitals, pagespeed, webpagetest, explain analyze, explain analyse, query plan,
  execution plan, pg_stat_statements, slow query log, auto_explain, eventloopdelay, event loop utilization, virtual user,
  virtual users, vus, ramp up, open model, closed model`

/** What is measured. */
const MEASURES = `throughput, latency, tail latency, response time, percentile, p50, p75, p90, p95, p99, p999, median,
  99th, 95th, rps, qps, tps, req/s, requests per second, requests a second, requests per minute, queries per second,
  requests/s, lcp, cls, inp, ttfb, fcp, tti, tbt, largest contentful paint, first contentful paint, time to interactive,
  time to first byte, layout shift, interaction to next paint, total blocking time, long task, long tasks, bundle size,
  first load, first load js, initial download, initial load, chunk size, page weight, gzipped, minified size, fps,
  frame rate, frames per second, frame budget, cache hit rate, hit ratio, cpu usage, memory usage, memory footprint,
  resident memory, rss, heap, garbage collection, gc pause, gc, cold start, warm up, startup time, startup takes, start up time,
  boot time, time to start, event loop lag, capacity, headroom, concurrent users, concurrent connections, concurrency level`

/** How it hurts. */
const SYMPTOMS = `slow, slowly, slower, slower than, slowest, slowness, too slow, very slow, sluggish, laggy, lag, jank, janky,
  stutter, choppy, freeze, unresponsive, crawl, takes seconds, take seconds, takes minutes, takes ages, takes forever,
  takes too long, take too long, takes so long, takes long, takes longer, takes a while, twice as slow, grinds to a halt,
  memory leak, leak memory, leaking memory, memory grows, heap grows, keeps growing, grows without bound, never freed, never frees,
  out of memory, oom, oom killed, retained, loaded in full, in full size, renders twice, renders three times, rendered twice, detached dom, event listener leak, spikes, cpu spike, pegged, 100% cpu,
  cpu bound, io bound, bottleneck, hot path, hot loop, hotspot, hot spot, contention, lock contention, starvation,
  thread pool exhausted, pool exhausted, saturate, saturation, falls over, fall over, under load, under heavy load, at peak,
  peak traffic, time out under load, timeout under load, block the event loop, blocks the event loop, event loop block, event loop,
  main thread, blocks the main thread, n+1, n 1 query, one query per, query per, separate query, too many queries,
  full table scan, sequential scan, seq scan, missing index, wrong index, unindexed, slow query, expensive query, chatty,
  rerender, re render, unnecessary render, needless render, wasted render, renders too often, heavy, bloated, huge bundle,
  regression in speed, performance regression, performance problem, performance issue, performance budget`

/** What is done about it. */
const CURES = `speed up, speed it up, speed this up, speed, faster, quicker, quick, optimize, optimise, optimization, optimisation,
  performance, performant, make it fast, tune, tuning, memoize, memoise, memoization, usememo, react.memo, virtualize,
  virtualise, virtual scrolling, windowing, lazy load, lazy loading, lazily, code splitting, code split, split per route,
  split it per route, tree shake, tree shaking, prefetch, preload, preconnect, critical css, cheaper, cheap, batch the queries,
  dataloader, eager load, eager loading, avoid recomputing, denormalize, covering index, partial index, materialized view,
  caching strategy, cache layer, scaling, scalability, handle more traffic, profile it, profile this,
  profile the, performance test, performance tests, allocate, allocation, allocations, footprint`

/** How those speak who look for time. */
const SPEECH = `dominate, dominates, most expensive, costliest, become interactive, interactive after, blocks the ui, block the ui, ui freezes, hog, hogs, degradation, degrade, degrades, p99 doubles, tripled, overhead, how far are we, knee, plateau, ceiling,
  cost per request, per request cost, worker threads, cluster mode, keep alive, connection reuse, n plus one, cardinality, spills to disk, work_mem, shared_buffers, autovacuum, bloat, better plan, first answer, parallel logins,
  parallel requests, simultaneous requests, hundred users, thousand users, virtual threads, thread pool, pool sizing, batch size, time per, wall time, busy, cpu time, compute once, start to queue, starts to queue, on 3g, slow 3g, on a slow network, isr, on each frame, every frame, component updates, serve static, statically rendered, static generation, sync code in async, blocking call, blocking calls, recompute, recomputed, recalculated, recalculates, polling every, one after the other, in series, parallelise, parallelize, make it parallel, hydration cost,
  unused javascript, unused css, dead weight, weighs, weight of the page, dependency weight, is it the query, flame, hot function, allocation rate, minor gc, major gc, native memory, off heap, page load, page loads, load time, loads slowly, slow to load, image weight, webp, avif, srcset, responsive images`

export const PERFORMANCE: Phrases = [
  ...lean({ performance: 4 }, SPEECH),
  ...lean({ performance: 5 }, TOOLS),
  ...lean({ performance: 4.5 }, MEASURES),
  ...lean({ performance: 4.5 }, SYMPTOMS),
  ...lean({ performance: 3.5 }, CURES),
  ...lean(
    { performance: 3 },
    'index, indexes, memory, cpu, ram, costs the most, cost the most, eats, bundle, chunk',
  ),
  ...lean(
    { performance: 1.5 },
    `cache, cached, load, compress, gzip, brotli, cdn, debounce, throttle, repeatedly, wasteful, pool size,
     megabytes, kilobytes, longer, scale, scales, burn, burns, resize on the fly`,
  ),
  ...lean(
    { performance: 4 },
    `drop frames, drops frames, dropped frames, dropping frames, frame drops, exponentially, quadratic,
     time complexity, linear scan, query planner, planner, query time, spends most, spend most, spends its time,
     spend its time, full cpu, at full cpu, top out, tops out, maxes out, max out, sweet spot, overloaded, overload,
     sustain, sustained, traffic spike, request waterfall, waterfall, overfetching, over fetching, payload size,
     response size, bundle analysis, bundle analyser, analyse the bundle, slim down, heavy dependency, retainer,
     gives it back, never released, holds on to, hold on to, gc pressure, garbage, thrash, cache miss,
     cache misses, hit rate, warm cache, cold cache, repaint, reflow, layout thrashing, forced layout, hiccup,
     hitch, smoother, snappier, snappy, synchronously, event loop blocked, starve, quick win, quick wins, speedup,
     slowdown, perf, micro optimization, cost of each, saturates, render count, unneeded render, needless, wasted,
     unresponsive for, hogging, grinds, crawling, painfully, unbearably, drags on`,
  ),
  ...lean(
    { performance: 2.5 },
    `bytes, core, cores, cpu core, eagerly, fat, weight, numbers, figures, measure, measured, measurement,
     measurements, costly, slim it, in parallel, round trip, round trips, roundtrips, payload of,
     takes exponentially, idles, idle, peak, peak hours, black friday, burst, worth it, worth moving, gain,
     lightweight, jitter, hang, hangs, delay, delays, per second, a second`,
  ),
  ...lean(
    { performance: 1.5 },
    `slow down, slows down, slows you down, minified, parallel, instantly, smooth, frames, tracing, blocking,
     latencies, huge, overhead of, timing`,
  ),
  ...lean(
    { performance: 4 },
    'first render, render blocking, block the render, blocks the render, blocking the render',
  ),
  ...lean({ performance: 2 }, 'on disk, sorts on disk, times slower'),
  ...lean({ performance: 2 }, 'first paint'),
  ...lean({ performance: 3 }, 'half the, a third of the, holds it back, holds us back'),
]
