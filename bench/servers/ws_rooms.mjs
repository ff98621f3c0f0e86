// A stock `ws` chat: a client map and rooms, and nothing stored.  node ws_rooms.mjs PORT
import { WebSocket, WebSocketServer } from 'ws';

const clients = new Map();
const rooms = new Map();
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false });

server.on('connection', (socket, request) => {
  const query = new URL(request.url, 'ws://localhost').searchParams;
  const user = Number(query.get('id'));
  const mine = query.get('rooms').split(',').filter(Boolean).map(Number);
  clients.set(user, socket);
  for (const room of mine) {
    if (!rooms.has(room)) rooms.set(room, new Set());
    rooms.get(room).add(socket);
  }
  socket.send('welcome!');
  socket.on('message', (data) => {
    const message = JSON.parse(data);
    const receivers = message.cmd === 10 ? [clients.get(message.dstid)] : rooms.get(message.dstid);
    for (const receiver of receivers) {
      if (receiver && receiver !== socket && receiver.readyState === WebSocket.OPEN) {
        receiver.send(data, { binary: false });
      }
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    if (clients.get(user) === socket) clients.delete(user);
    for (const room of mine) rooms.get(room).delete(socket);
  });
});
