CREATE TABLE counters (
  name text PRIMARY KEY,
  value bigint NOT NULL
);

CREATE TABLE orders (
  number bigint PRIMARY KEY,
  item text NOT NULL,
  quantity int NOT NULL,
  signature text NOT NULL
);

INSERT INTO orders (number, item, quantity, signature)
SELECT n, 'item ' || n % 90, 1 + n % 5, md5(n::text) FROM generate_series(1, 100000) AS n;

INSERT INTO counters (name, value) VALUES ('orders', 100000);
