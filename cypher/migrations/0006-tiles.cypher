// Hash tiles are found by their place; those of one level lie side by side, so that a tile above them is one seek.
CREATE CONSTRAINT hash_tile IF NOT EXISTS FOR (t:HashTile) REQUIRE (t.log, t.level, t.index) IS UNIQUE;
