# palisade_room(<name> [DEPS <rooms>...] [LIBS <imported targets>...])
#
# One static library per room from the *.cc files of its folder, and one GoogleTest program from the
# *_test.cc files beside them. A room links only the rooms that DEPS names, so a forbidden include
# of a header with code behind it fails to link, and tests/layering catches the rest.
function(palisade_room name)
  cmake_parse_arguments(ROOM "" "" "DEPS;LIBS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cc)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  list(FILTER sources EXCLUDE REGEX "_(test|fuzz)\\.cc$")
  list(TRANSFORM ROOM_DEPS PREPEND palisade_)

  add_library(palisade_${name} STATIC ${sources})
  target_link_libraries(palisade_${name} PUBLIC ${ROOM_DEPS} ${ROOM_LIBS} PRIVATE palisade_options)
  target_include_directories(palisade_${name} PUBLIC ${CMAKE_SOURCE_DIR})

  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE palisade_${name} palisade_options GTest::gmock_main)
    add_test(NAME ${name} COMMAND ${name}_test)
    set_tests_properties(${name} PROPERTIES TIMEOUT 300)
  endif()
endfunction()
