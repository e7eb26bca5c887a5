CREATE TABLE accounts (
  id serial PRIMARY KEY,
  owner text NOT NULL
);

CREATE TABLE coupons (
  code text PRIMARY KEY,
  value int NOT NULL,
  used boolean NOT NULL DEFAULT false
);

CREATE TABLE credits (
  id serial PRIMARY KEY,
  account_id int NOT NULL REFERENCES accounts (id),
  coupon text NOT NULL REFERENCES coupons (code),
  value int NOT NULL
);

INSERT INTO accounts (owner) VALUES ('Ines'), ('Tomasz');
INSERT INTO coupons (code, value) VALUES ('AUTUMN-25', 25), ('FRIEND-10', 10), ('SORRY-40', 40), ('WELCOME-5', 5);
