// A stock Socket.IO chat with a room for each person and each group, and nothing stored.
// node socketio_rooms.mjs PORT
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });

io.on('connection', (socket) => {
  const { id, rooms } = socket.handshake.query;
  socket.join(`person ${id}`);
  for (const room of rooms.split(',')) socket.join(`room ${room}`);
  socket.emit('ready');
  socket.on('message', (data) => {
    socket.to(data.cmd === 10 ? `person ${data.dstid}` : `room ${data.dstid}`).emit('message', data);
  });
});
http.listen(Number(process.argv[2]), '127.0.0.1');
