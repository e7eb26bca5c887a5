import os

import psycopg
from flask import Flask, jsonify, request

app = Flask(__name__)
db = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


@app.get("/health")
def health():
    return jsonify(status="ok")


@app.get("/items")
def list_items():
    rows = db.execute("SELECT id, name, shelf FROM items ORDER BY id LIMIT 50").fetchall()
    return jsonify([{"id": row[0], "name": row[1], "shelf": row[2]} for row in rows])


@app.get("/items/<int:item_id>")
def show_item(item_id):
    row = db.execute("SELECT id, name, shelf FROM items WHERE id = %s", [item_id]).fetchone()
    if row is None:
        return jsonify(error="no such item"), 404
    return jsonify(id=row[0], name=row[1], shelf=row[2])


@app.post("/items")
def add_item():
    item = request.get_json()
    row = db.execute(
        "INSERT INTO items (name, shelf) VALUES (%s, %s) RETURNING id", [item["name"], item["shelf"]]
    ).fetchone()
    return jsonify(id=row[0]), 201


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")), threaded=True)
