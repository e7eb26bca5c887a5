import { memoryUsage, resourceUsage } from 'node:process'

export const debugRoutes = async (app) => {
  app.get('/debug/pprof', async () => ({ memory: memoryUsage(), resources: resourceUsage() }))
}
