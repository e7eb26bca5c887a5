import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'
import { sealPage } from './build/seal-page.ts'
import { showSample } from './build/show-sample.ts'

/** One file without data; `plimsoll` writes a Run into it. `npm run dev` shows samples: /report.html?clean */
export default defineConfig({
  plugins: [preact(), viteSingleFile({ removeViteModuleLoader: true }), sealPage(), showSample()],
  build: {
    outDir: '../plimsoll/assets',
    emptyOutDir: false,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    reportCompressedSize: false,
    rolldownOptions: {
      input: 'report.html',
      // The schemas beside the words and the order that the page shares with the engine are not needed here.
      treeshake: { manualPureFunctions: ['z'] },
    },
  },
})
