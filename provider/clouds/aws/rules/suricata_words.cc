#include <algorithm>
#include <iterator>
#include <utility>

#include "provider/clouds/aws/rules/suricata_check.h"
#include "provider/clouds/aws/rules/text.h"

namespace palisade::aws::rules {
namespace {

constexpr std::string_view kActions[] = {"pass", "drop", "alert", "reject"};

// Of Suricata 7.
constexpr std::string_view kProtocols[] = {
    "ip",     "ip4",    "ipv4",      "ip6",
    "ipv6",   "tcp",    "udp",       "icmp",
    "icmpv4", "icmpv6", "tcp-pkt",   "tcp-stream",
    "pkthdr", "http",   "http1",     "http2",
    "ftp",    "tls",    "smb",       "dns",
    "dcerpc", "ssh",    "smtp",      "imap",
    "pop3",   "modbus", "dnp3",      "nfs",
    "ike",    "krb5",   "ntp",       "dhcp",
    "rfb",    "rdp",    "snmp",      "tftp",
    "sip",    "mqtt",   "quic",      "pgsql",
    "telnet", "ldap",   "websocket", "bittorrent-dht",
    "doh2",   "msn",    "jabber",    "arp",
    "mdns",
};
constexpr std::string_view kUnsupported[] = {"sctp", "enip", "cip", "ftp-data", "ikev2", "ipip"};
constexpr std::pair<std::string_view, std::string_view> kMeantProtocols[] = {
    {"https", "tls"}, {"ssl", "tls"},      {"any", "ip"},        {"all", "ip"},
    {"*", "ip"},      {"icmp6", "icmpv6"}, {"kerberos", "krb5"}, {"http/2", "http2"}};

template <typename Words>
bool Holds(const Words& words, std::string_view word) {
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view one) { return EqualIgnoringCase(one, word); });
}

}  // namespace

WordVerdict JudgeAction(std::string_view action) {
  if (Holds(kActions, action)) return {};
  if (action.find(':') != action.npos || EqualIgnoringCase(action, "accept")) {
    return {false, Quoted(action) +
                       " is an action of Suricata's firewall mode; a stateful rule group takes " +
                       Listed(kActions)};
  }
  std::string reason = Quoted(action) + " is no action; expected " + Listed(kActions);
  const std::string lower = Lower(action);
  if (lower.starts_with("reject")) {
    reason += "; write reject, the only form of it that Network Firewall takes";
  } else if (lower == "allow" || lower == "permit") {
    reason += "; write pass";
  } else if (lower == "deny" || lower == "block") {
    reason += "; write drop";
  } else if (lower == "log") {
    reason += "; write alert";
  } else {
    reason += DidYouMean(Nearest(action, kActions));
  }
  return {true, std::move(reason)};
}

WordVerdict JudgeProtocol(std::string_view protocol) {
  if (Holds(kProtocols, protocol)) return {};
  if (Holds(kUnsupported, protocol)) {
    return {true, "Network Firewall does not support the protocol " + Quoted(protocol)};
  }
  for (const auto& [slip, meant] : kMeantProtocols) {
    if (EqualIgnoringCase(protocol, slip)) {
      return {true, Quoted(protocol) + " is no protocol of Suricata; write " + std::string(meant)};
    }
  }
  if (const auto near = Nearest(protocol, kProtocols)) {
    return {true, Quoted(protocol) + " is no protocol of Suricata" + DidYouMean(near)};
  }
  return {false, Quoted(protocol) + " is not one of the protocols that this version knows"};
}

WordVerdict JudgeDirection(std::string_view direction) {
  if (direction == "->" || direction == "<>") return {};
  const std::string expected = "; expected -> (one way) or <> (both ways)";
  if (direction == "=>") {
    return {false, "the direction => needs an engine newer than Suricata 7" + expected};
  }
  if (direction == "<-") {
    return {true, "there is no direction <-; swap source and destination and write ->"};
  }
  return {true, Quoted(direction) + " stands where the direction is expected" + expected};
}

}  // namespace palisade::aws::rules
