CREATE TABLE articles (
  id serial PRIMARY KEY,
  title text NOT NULL,
  likes int NOT NULL DEFAULT 0
);

INSERT INTO articles (title, likes) VALUES ('On tides', 12), ('On harbours', 3), ('On ropes', 0);
