// SPDX-License-Identifier: Apache-2.0
// The sums of a report by DuckDB: a part of what genreport does, without a comparison or a judgement.
//
//     node report_duckdb.mjs TESTS MEMORY
//
// Prints the rows that report_python.py prints.  Only the columns that are needed are read, with all its threads; each
// sample finds its test by an ASOF join.  NODE_MODULES says where the package is.
import { createRequire } from 'node:module';

const { DuckDBInstance } = createRequire(`${process.env.NODE_MODULES}/`)('@duckdb/node-api');
const [, , tests, memory] = process.argv;
const db = await (await DuckDBInstance.create(':memory:')).connect();

await db.run(`CREATE TABLE sample AS SELECT ts, ram_free_gb AS free, swap_used_mb AS swap, gpu_device_util AS gpu
  FROM read_json($file, format = 'newline_delimited', maximum_object_size = 16777216, columns = {ts: 'DOUBLE',
    elapsed_s: 'DOUBLE', ram_free_gb: 'DOUBLE', swap_used_mb: 'DOUBLE', gpu_device_util: 'DOUBLE'})
  WHERE elapsed_s IS NOT NULL`, { file: memory });
await db.run(`CREATE TABLE test AS SELECT test, outcome, duration, test_start_ts AS begun, test_end_ts AS ended,
    regexp_extract(model.id, '[^/]*$') AS model, system_health.ram_free_gb AS free,
    coalesce(metadata.inference_modality, '-') AS mode
  FROM read_json($file, format = 'newline_delimited', maximum_object_size = 16777216, columns = {test: 'VARCHAR',
    outcome: 'VARCHAR', duration: 'DOUBLE', test_start_ts: 'DOUBLE', test_end_ts: 'DOUBLE', model: 'STRUCT(id VARCHAR)',
    metadata: 'STRUCT(inference_modality VARCHAR)', system_health: 'STRUCT(ram_free_gb DOUBLE)'})`, { file: tests });
await db.run(`CREATE VIEW inference AS
  SELECT * FROM test WHERE outcome = 'passed' AND model IS NOT NULL AND duration >= 0.5`);

for (const query of [
  'SELECT outcome, count(*) FROM test GROUP BY ALL ORDER BY ALL',
  `SELECT 'RAM free', min(free), max(free), avg(free) FROM sample`,
  `SELECT 'RAM free, of tests', min(free), max(free), avg(free) FROM test`,
  `SELECT 'swap', min(swap), max(swap), avg(swap) FROM sample`,
  `SELECT 'GPU', min(gpu), max(gpu), avg(gpu) FROM sample`,
  `WITH seen AS (SELECT i.model, i.mode, min(s.free) AS least, max(s.free) AS most, max(s.gpu) AS gpu
      FROM sample s ASOF JOIN inference i ON s.ts >= i.begun WHERE s.ts <= i.ended GROUP BY ALL)
    SELECT i.model, i.mode, count(*), sum(duration), any_value(least), any_value(most), any_value(gpu)
    FROM inference i LEFT JOIN seen USING (model, mode) GROUP BY ALL ORDER BY i.model, i.mode`,
  `SELECT split_part(test, '[', 1), mode, count(*), arg_min(model, duration), arg_max(model, duration), median(duration)
    FROM inference GROUP BY ALL ORDER BY 1, 2`,
])
  for (const row of (await db.runAndReadAll(query)).getRows())
    console.log(`| ${row.map((cell) => cell ?? '').join(' | ')} |`);
