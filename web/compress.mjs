// Beside each built file the same with gzip and brotli, made once with all effort: the server only chooses.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../fastim/static/dist/', import.meta.url));
/** Below this the headers outweigh what is saved. */
const LEAST_BYTES = 512;

for (const folder of [dist, `${dist}assets/`]) {
  for (const name of readdirSync(folder).filter((one) => /\.(js|css)$/.test(one))) {
    const content = readFileSync(folder + name);
    if (content.length < LEAST_BYTES) continue;
    writeFileSync(`${folder}${name}.gz`, gzipSync(content, { level: 9 }));
    writeFileSync(`${folder}${name}.br`, brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
  }
}
