import os
import socket
import threading
from contextlib import contextmanager

import psycopg
from flask import Flask, jsonify, request
from psycopg_pool import ConnectionPool, PoolTimeout

app = Flask(__name__)
pool = ConnectionPool(
    os.environ["DATABASE_URL"],
    min_size=1,
    max_size=5,
    timeout=2,
    reconnect_timeout=600,
    kwargs={"autocommit": True, "connect_timeout": 2, "options": "-c statement_timeout=2000"},
    open=True,
)


@contextmanager
def bounded(connection, seconds):
    """statement_timeout needs a server that answers; this ends the wait also when it is silent."""

    def cut():
        socket.socket(fileno=os.dup(connection.fileno())).shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def query(sql, parameters=()):
    with pool.connection() as connection, bounded(connection, 3):
        cursor = connection.execute(sql, parameters)
        return [dict(zip([column.name for column in cursor.description], row)) for row in cursor]


@app.errorhandler(psycopg.Error)
@app.errorhandler(PoolTimeout)
def store_unavailable(error):
    app.logger.warning("store: %s", error)
    return jsonify(error="try again shortly"), 503, {"Retry-After": "2"}


@app.get("/health")
def health():
    query("SELECT 1 AS one")
    return jsonify(status="ok")


@app.get("/items")
def list_items():
    return jsonify(query("SELECT id, name, shelf FROM items ORDER BY id LIMIT 50"))


@app.get("/items/<int:item_id>")
def show_item(item_id):
    rows = query("SELECT id, name, shelf FROM items WHERE id = %s", [item_id])
    return (jsonify(rows[0]), 200) if rows else (jsonify(error="no such item"), 404)


@app.post("/items")
def add_item():
    item = request.get_json()
    if not isinstance(item.get("name"), str) or not isinstance(item.get("shelf"), int):
        return jsonify(error="name and shelf are required"), 400
    rows = query("INSERT INTO items (name, shelf) VALUES (%s, %s) RETURNING id", [item["name"], item["shelf"]])
    return jsonify(rows[0]), 201


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", "5000")), threaded=True)
