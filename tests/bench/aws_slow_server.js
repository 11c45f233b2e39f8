// An EC2 that creates internet gateways slowly and checks nothing: for measuring the client alone.
//
//   node aws_slow_server.js h1|h2 DELAY_MS PORTS CERTIFICATE KEY LIMIT_SECONDS
//
// HTTP/1.1 or HTTP/2, over TLS, on as many ports of 127.0.0.1 as PORTS says. Prints the ports as
// JSON; ends when its stdin ends, at the latest after the limit, and prints what it saw.
'use strict';

const fs = require('fs');
const http2 = require('http2');
const https = require('https');

const [protocol, delay, ports, certificate, key, limit] = process.argv.slice(2);
const seen = {connections: 0, creates: 0, requests: 0, most_in_flight: 0, versions: []};
const operations = {};
const versions = new Set();
let inFlight = 0;

const ACCOUNT = '111122223333';
const REPLIES = {
  GetCallerIdentity: () => '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">' +
      `<GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/bench</Arn><UserId>AIDABENCH</UserId>` +
      `<Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  CreateInternetGateway: (form) => ec2('CreateInternetGateway', '<internetGateway>' +
      gateway(`igw-${(++seen.creates).toString(16).padStart(17, '0')}`, tags(form)) +
      '</internetGateway>'),
  DescribeInternetGateways: (form) => ec2('DescribeInternetGateways', '<internetGatewaySet><item>' +
      gateway(form.get('InternetGatewayId.1'), '') + '</item></internetGatewaySet>'),
  DescribeTags: () => ec2('DescribeTags', '<tagSet/>'),
  DeleteTags: () => ec2('DeleteTags', '<return>true</return>'),
};

function ec2(operation, content) {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Response ` +
      'xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>' +
      `00000000-0000-4000-8000-000000000000</requestId>${content}</${operation}Response>`;
}

function gateway(id, tagSet) {
  return `<attachmentSet/><internetGatewayId>${id}</internetGatewayId>` +
      `<ownerId>${ACCOUNT}</ownerId><tagSet>${tagSet}</tagSet>`;
}

function tags(form) {
  let text = '';
  for (let n = 1; form.has(`TagSpecification.1.Tag.${n}.Key`); ++n) {
    text += `<item><key>${form.get(`TagSpecification.1.Tag.${n}.Key`)}</key>` +
        `<value>${form.get(`TagSpecification.1.Tag.${n}.Value`)}</value></item>`;
  }
  return text;
}

function handle(request, response) {
  ++seen.requests;
  versions.add(request.httpVersion);
  seen.most_in_flight = Math.max(seen.most_in_flight, ++inFlight);
  let body = '';
  request.on('data', (piece) => { body += piece; });
  request.on('end', () => {
    const form = new URLSearchParams(body);
    const operation = form.get('Action');
    operations[operation] = (operations[operation] || 0) + 1;
    const reply = REPLIES[operation];
    const answer = () => {
      --inFlight;
      response.statusCode = reply ? 200 : 400;
      response.setHeader('content-type', 'text/xml;charset=UTF-8');
      response.end(reply ? reply(form) : '<Response><Errors><Error><Code>InvalidAction</Code>' +
          `<Message>the bench's server has no ${operation}</Message></Error></Errors></Response>`);
    };
    if (operation === 'CreateInternetGateway') setTimeout(answer, Number(delay));
    else answer();
  });
}

const options = {cert: fs.readFileSync(certificate), key: fs.readFileSync(key)};
const servers = Array.from({length: Number(ports)}, () => {
  const server = protocol === 'h2' ? http2.createSecureServer(options, handle)
                                   : https.createServer(options, handle);
  server.keepAliveTimeout = 120000;
  server.on('secureConnection', () => { ++seen.connections; });
  return server;
});
Promise.all(servers.map((server) => new Promise((listening) => {
  server.listen({host: '127.0.0.1', port: 0, backlog: 1024}, () => listening(server.address().port));
}))).then((numbers) => console.log(JSON.stringify(numbers)));

function end() {
  seen.versions = [...versions];
  seen.operations = operations;
  fs.writeSync(1, JSON.stringify(seen) + '\n');
  process.exit(0);
}
process.stdin.resume();
process.stdin.on('end', end);
setTimeout(end, Number(limit) * 1000);
