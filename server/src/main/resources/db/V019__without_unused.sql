-- Markers are moved by move_markers_v2 (V011), which counts what is unread by itself.
drop function move_markers_v1;
drop function unread_v1;
