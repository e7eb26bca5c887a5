CREATE TABLE readings (
  id serial PRIMARY KEY,
  buoy int NOT NULL,
  wave_cm int NOT NULL,
  taken_at timestamptz NOT NULL
);

INSERT INTO readings (buoy, wave_cm, taken_at)
SELECT n % 25, 40 + (n * 37) % 300, timestamptz '2026-03-01' + n * interval '1 minute'
FROM generate_series(1, 2500) AS n;

CREATE INDEX readings_buoy_taken_at ON readings (buoy, taken_at DESC);
